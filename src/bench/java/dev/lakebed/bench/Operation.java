package dev.lakebed.bench;

/** What can be measured. */
enum Operation {
  PUT(true),
  GET(true),
  HEAD(true),
  DELETE(false),
  MULTIPART(false),
  LIST(false),
  LIST_DELIMITER(false),
  ASSUME_ROLE(false),
  COMMIT(false);

  private final boolean sized;

  Operation(boolean sized) {
    this.sized = sized;
  }

  /** Whether the operation is run once per object size. */
  boolean sized() {
    return sized;
  }
}
