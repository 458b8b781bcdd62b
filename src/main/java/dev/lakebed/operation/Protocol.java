package dev.lakebed.operation;

import dev.lakebed.auth.form.PostForm;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Operation.Effect;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** A protocol served on the shared ports. */
public interface Protocol {
  Kind kind();

  /**
   * Finds the operation and parses its parameters. The request is already authenticated and its
   * body is the verified one; for every protocol but S3 the body is in memory. Fails with the
   * protocol's own exception when there is no such operation or a parameter is wrong.
   */
  Call resolve(Request request) throws IOException;

  /**
   * The operation that the head of a request names, of a closed set; for the audit trail and the
   * metrics of requests that {@link #resolve} refuses or never sees. The body is not read.
   */
  default Optional<String> operation(Request request) {
    return Optional.empty();
  }

  /**
   * Whether a request is run at once, without another station in between: what clients send by the
   * thousand is, what is seldom is not.
   */
  default boolean runsAtOnce(Request request) {
    return false;
  }

  /** Everything that {@link #resolve} can find, built or not. */
  Collection<Operation<?>> operations();

  /**
   * What an operation does to what is stored, as it declares; for the audit trail.
   *
   * @param operation name of a call, or what {@link #operation} says
   */
  Effect effect(String operation);

  /**
   * The header fields that let a page of another origin read the answer to a request, whatever it
   * is; none where pages of other origins have no business.
   */
  default Headers crossOrigin(Request request) {
    return Headers.NONE;
  }

  /** The protocol's error answer to any failure; unknown failures become its internal error. */
  Response error(Request request, Throwable failure);

  /** The code that {@link #error} answers with, of a closed set; for metrics. */
  String errorCode(Request request, Throwable failure);

  /** The protocols, with the service name of their credential scope. */
  enum Kind {
    /** Amazon S3, REST XML. */
    S3("s3"),
    /** Amazon S3 Tables, REST JSON. */
    S3TABLES("s3tables"),
    /** AWS STS, Query. */
    STS("sts"),
    /** AWS IAM, Query. */
    IAM("iam"),
    ICEBERG("s3tables");

    private final String service;

    Kind(String service) {
      this.service = service;
    }

    public String service() {
      return service;
    }
  }

  /** A protocol that takes uploads by browser form, authenticated by the policy inside the form. */
  public interface FormUploads extends Protocol {
    /** The bucket that a form is sent to; empty when the request is no form upload. */
    Optional<String> formBucket(Request request);

    /**
     * The upload that a form asks for.
     *
     * @param request the authenticated request, whose body is the form's file
     */
    Call resolveForm(Request request, PostForm form) throws IOException;
  }
}
