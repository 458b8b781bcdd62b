package dev.lakebed.bench;

import java.util.ArrayList;
import java.util.List;

/** Rows of text, written with aligned columns or as Markdown; the first column is left-aligned. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> header) {
    rows.add(List.copyOf(header));
  }

  /** Adds a row as long as the header. */
  void add(List<String> row) {
    if (row.size() != rows.get(0).size()) {
      throw new IllegalArgumentException("row of " + row.size() + " columns");
    }
    rows.add(List.copyOf(row));
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    line(text, rows.get(0));
    text.append("|---").append("|---:".repeat(rows.get(0).size() - 1)).append("|\n");
    rows.stream().skip(1).forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> row) {
    text.append("| ").append(String.join(" | ", row)).append(" |\n");
  }
}
