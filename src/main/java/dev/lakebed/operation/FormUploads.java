package dev.lakebed.operation;

import dev.lakebed.auth.form.PostForm;
import dev.lakebed.http.Request;
import java.util.Optional;

/** A protocol that takes uploads by browser form, authenticated by the policy inside the form. */
public interface FormUploads extends Protocol {
  /** The bucket that a form is sent to; empty when the request is no form upload. */
  Optional<String> formBucket(Request request);

  /**
   * The upload that a form asks for.
   *
   * @param request the authenticated request, whose body is the form's file
   */
  Call resolveForm(Request request, PostForm form);
}
