package dev.lakebed.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** One request on its way through the filter and the resource, with what the filter found out. */
final class ServletExchange {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private Admission.@Nullable Granted granted;

  ServletExchange(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  HttpServletRequest request() {
    return request;
  }

  HttpServletResponse response() {
    return response;
  }

  void grant(Admission.Granted admission) {
    granted = admission;
  }

  /**
   * What the pipeline admitted.
   *
   * @throws IllegalStateException when the request did not pass it
   */
  Admission.Granted granted() {
    if (granted == null) {
      throw new IllegalStateException("the request did not pass the pipeline");
    }
    return granted;
  }
}
