package dev.lakebed.policy;

/** How a value of the request must stand to a value of the condition. */
enum Relation {
  EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL;

  /** Whether the sign of a comparison fulfils the relation. */
  boolean holds(int sign) {
    return switch (this) {
      case EQUAL -> sign == 0;
      case LESS -> sign < 0;
      case LESS_OR_EQUAL -> sign <= 0;
      case GREATER -> sign > 0;
      case GREATER_OR_EQUAL -> sign >= 0;
    };
  }
}
