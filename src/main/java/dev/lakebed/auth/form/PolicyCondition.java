package dev.lakebed.auth.form;

/** One condition of a POST policy. Field names are in lower case. */
sealed interface PolicyCondition {
  /** Whether a field with that value fulfils it. */
  boolean holds(String value);

  /** Which field it is about. */
  String field();

  /**
   * The field has exactly this value.
   *
   * @param field name
   * @param value wanted
   */
  record Equal(String field, String value) implements PolicyCondition {
    @Override
    public boolean holds(String actual) {
      return actual.equals(value);
    }
  }

  /**
   * The field begins with this text; every member of a list of content types must.
   *
   * @param field name
   * @param prefix wanted; empty allows any value
   */
  record StartsWith(String field, String prefix) implements PolicyCondition {
    @Override
    public boolean holds(String actual) {
      if (!field.equals("content-type")) {
        return actual.startsWith(prefix);
      }
      for (String type : actual.split(",", -1)) {
        if (!type.strip().startsWith(prefix)) {
          return false;
        }
      }
      return true;
    }
  }
}
