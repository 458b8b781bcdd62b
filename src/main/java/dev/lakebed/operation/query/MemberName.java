package dev.lakebed.operation.query;

/**
 * The tail of a list parameter's name: {@code member.3} or {@code member.3.Key}.
 *
 * @param number as written, from 1
 * @param field empty for a plain value
 */
record MemberName(int number, String field) {
  private static final String MEMBER = "member.";
  private static final int MAX_DIGITS = 6;

  static MemberName parse(String name, int from) {
    if (!name.startsWith(MEMBER, from)) {
      throw malformed(name);
    }
    int start = from + MEMBER.length();
    int end = start;
    while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
      end++;
    }
    boolean number = end > start && end - start <= MAX_DIGITS && name.charAt(start) != '0';
    boolean plain = end == name.length();
    if (!number || !(plain || (name.charAt(end) == '.' && end + 1 < name.length()))) {
      throw malformed(name);
    }
    return new MemberName(
        Integer.parseInt(name, start, end, 10), plain ? "" : name.substring(end + 1));
  }

  private static QueryException malformed(String name) {
    return new QueryException(
        QueryError.VALIDATION_ERROR, "Parameter " + Shown.name(name) + " is no list member");
  }
}
