package dev.lakebed.app.explain;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** What {@code lakebed explain} did with some arguments. */
record ExplainRun(int exit, String output, String errors) {
  static ExplainRun of(List<String> arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exit =
        new CommandLine(new Explain())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(arguments.toArray(String[]::new));
    return new ExplainRun(exit, output.toString(), errors.toString());
  }
}
