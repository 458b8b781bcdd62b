package dev.lakebed.auth;

/** Where a request carried its signature. */
public enum AuthType {
  /** Nowhere: the request is not signed. */
  ANONYMOUS,
  /** In the {@code Authorization} header. */
  HEADER,
  /** In the query: a presigned URL. */
  QUERY,
  /** In the fields of a browser form. */
  POST_FORM
}
