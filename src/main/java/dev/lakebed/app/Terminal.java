package dev.lakebed.app;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** The terminal that a person sits at, if the server was started from one. */
final class Terminal {
  private Terminal() {}

  /**
   * Whether what is printed now is read by a person and goes into no file or pipe. From Java 22 on
   * there may be a console without a terminal, and it says so by a method that Java 21 lacks.
   */
  @SuppressWarnings("SystemConsoleNull") // null without a terminal before Java 22
  static boolean isOurs() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException beforeJava22) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException unknown) {
      return false;
    }
  }
}
