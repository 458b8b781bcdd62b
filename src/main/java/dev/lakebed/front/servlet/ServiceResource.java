package dev.lakebed.front.servlet;

import dev.lakebed.front.Front;
import dev.lakebed.operation.Protocol;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;

/**
 * The JAX-RS resources of the services. Reached only through {@link AdmissionFilter}, which gives
 * every admitted request the method POST and one of these paths, whatever the client sent.
 */
@Path("/")
public final class ServiceResource {
  static final String S3 = "s3";
  static final String S3_TABLES = "s3tables";
  static final String QUERY = "query";
  static final String ICEBERG = "iceberg";

  private final Front front;

  ServiceResource(Front front) {
    this.front = front;
  }

  /** Path of the resource of a protocol. */
  static String path(Protocol.Kind protocol) {
    return switch (protocol) {
      case S3 -> S3;
      case S3TABLES -> S3_TABLES;
      case STS, IAM -> QUERY;
      case ICEBERG -> ICEBERG;
    };
  }

  /** Amazon S3. */
  @POST
  @Path(S3)
  public void s3() throws IOException {
    run();
  }

  /** Amazon S3 Tables. */
  @POST
  @Path(S3_TABLES)
  public void tables() throws IOException {
    run();
  }

  /** AWS STS and IAM, the Query protocol. */
  @POST
  @Path(QUERY)
  public void query() throws IOException {
    run();
  }

  /** The Iceberg REST catalog. */
  @POST
  @Path(ICEBERG)
  public void iceberg() throws IOException {
    run();
  }

  private void run() throws IOException {
    ServletExchange http = ServletFilter.current();
    front.run(http.admitted(), http);
  }
}
