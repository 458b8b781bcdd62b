package dev.lakebed.app;

/** The server around us. */
final class Container {
  private static final String MICRO = "fish.payara.micro.PayaraMicroRuntime";

  private Container() {}

  /** Whether the process is ours: Payara Micro runs nothing but Lakebed. */
  static boolean isPayaraMicro() {
    try {
      Class.forName(MICRO, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException otherServer) {
      return false;
    }
  }
}
