package dev.lakebed.bench;

/** What can be measured. */
enum Operation {
  PUT(true, Needs.FILES),
  GET(true, Needs.FILES),
  HEAD(true, Needs.FILES),
  DELETE(false, Needs.FILES),
  MULTIPART(false, Needs.S3),
  LIST(false, Needs.S3),
  LIST_DELIMITER(false, Needs.S3),
  ASSUME_ROLE(false, Needs.KEYS),
  COMMIT(false, Needs.KEYS);

  private final boolean sized;
  private final Needs needs;

  Operation(boolean sized, Needs needs) {
    this.sized = sized;
    this.needs = needs;
  }

  /** What it takes to answer it. */
  enum Needs {
    /** Any web server with PUT and DELETE does. */
    FILES,
    S3,
    /** S3 and more, for a caller who is known. */
    KEYS
  }

  Needs needs() {
    return needs;
  }

  /** Whether the operation is run once per object size. */
  boolean sized() {
    return sized;
  }
}
