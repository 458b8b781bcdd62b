package dev.lakebed.app.launch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Help as wide as the terminal, but not wider than is read with ease. Lines end between words:
 * picocli's own end behind a dot or a hyphen too, in the middle of a name.
 */
final class HelpLayout implements IHelpFactory {
  private static final int WIDEST = 100;
  private static final int NAMES_WIDTH = 29;
  private static final String LONG_ONLY = "      ";
  private static final String INDENT = "  ";

  /** Two columns: a name, a gap, what is said of it. */
  private static final Pattern COLUMNS = Pattern.compile("( +\\S+ {2,})(.*)");

  @Override
  public Help create(CommandSpec command, Help.ColorScheme colors) {
    UsageMessageSpec usage = command.usageMessage();
    int width = Math.min(WIDEST, usage.width());
    usage.autoWidth(false).width(width);
    Map<String, IHelpSectionRenderer> sections = usage.sectionMap();
    sections.put(
        UsageMessageSpec.SECTION_KEY_DESCRIPTION,
        help -> lines(Arrays.stream(usage.description()).flatMap(line -> text(line, width))));
    sections.put(
        UsageMessageSpec.SECTION_KEY_OPTION_LIST,
        help -> lines(command.options().stream().flatMap(option -> option(help, option, width))));
    sections.put(
        UsageMessageSpec.SECTION_KEY_FOOTER,
        help -> lines(Arrays.stream(usage.footer()).flatMap(line -> text(line, width))));
    return new Help(command, colors);
  }

  /** A line that begins with a space is an example, kept as it is, or has columns. */
  private static Stream<String> text(String line, int width) {
    String written = line.formatted();
    Matcher columns = COLUMNS.matcher(written);
    if (columns.matches()) {
      String name = columns.group(1);
      return hanging(name, broken(columns.group(2), width - name.length()), name.length());
    }
    return written.startsWith(" ") ? Stream.of(written) : broken(written, width).stream();
  }

  private static Stream<String> option(Help help, OptionSpec option, int width) {
    Text names = help.colorScheme().text(option.names()[0].matches("-\\w") ? INDENT : LONG_ONLY);
    for (int i = 0; i < option.names().length; i++) {
      names = names.concat(i == 0 ? "" : ", ");
      names = names.concat(help.colorScheme().optionText(option.names()[i]));
    }
    names =
        names.concat(
            help.createDefaultParamLabelRenderer()
                .renderParameterLabel(
                    option, help.colorScheme().ansi(), help.colorScheme().optionParamStyles()));
    int gap = NAMES_WIDTH - names.plainString().length();
    List<String> said =
        Arrays.stream(option.description())
            .flatMap(line -> broken(line.formatted(), width - NAMES_WIDTH).stream())
            .toList();
    return gap > 0
        ? hanging(names + " ".repeat(gap), said, NAMES_WIDTH)
        : Stream.concat(
            Stream.of(names.toString()), hanging(" ".repeat(NAMES_WIDTH), said, NAMES_WIDTH));
  }

  private static Stream<String> hanging(String first, List<String> lines, int indent) {
    return Stream.concat(
        Stream.of(first + (lines.isEmpty() ? "" : lines.getFirst())),
        lines.stream().skip(1).map(line -> " ".repeat(indent) + line));
  }

  private static List<String> broken(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String lines(Stream<String> lines) {
    return lines.map(line -> line.stripTrailing() + "%n".formatted()).collect(Collectors.joining());
  }
}
