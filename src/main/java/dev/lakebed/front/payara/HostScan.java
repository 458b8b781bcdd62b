package dev.lakebed.front.payara;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Reads the host and the port that a request is for byte by byte, as RFC 9110, section 7.2, and RFC
 * 3986, section 3.2, write them, without a user and never empty.
 */
final class HostScan {
  private enum State {
    START,
    NAME,
    ESCAPE,
    ESCAPE_END,
    ADDRESS,
    ADDRESS_END,
    PORT,
    BAD
  }

  /** The longest name that a name service knows, and more than any address. */
  private static final int LONGEST = 255;

  private static final int GREATEST_PORT = 0xffff;

  private final StringBuilder address = new StringBuilder();
  private State state = State.START;
  private int length;
  private int port;

  /** Whether the byte may come next. */
  boolean next(int b) {
    state = ++length > LONGEST ? State.BAD : after(b);
    return state != State.BAD;
  }

  /** Whether what came is a host. */
  boolean isComplete() {
    return state == State.NAME || state == State.ADDRESS_END || state == State.PORT;
  }

  private State after(int b) {
    return switch (state) {
      case START -> b == '[' ? State.ADDRESS : name(b);
      case NAME -> b == ':' ? State.PORT : name(b);
      case ESCAPE -> isHex(b) ? State.ESCAPE_END : State.BAD;
      case ESCAPE_END -> isHex(b) ? State.NAME : State.BAD;
      case ADDRESS -> address(b);
      case ADDRESS_END -> b == ':' ? State.PORT : State.BAD;
      case PORT -> port(b);
      case BAD -> State.BAD;
    };
  }

  private static State name(int b) {
    if (b == '%') {
      return State.ESCAPE;
    }
    boolean fits =
        (b >= 'a' && b <= 'z')
            || (b >= 'A' && b <= 'Z')
            || (b >= '0' && b <= '9')
            || (b < 0x7f && "-._~!$&'()*+,;=".indexOf(b) >= 0);
    return fits ? State.NAME : State.BAD;
  }

  private State address(int b) {
    if (b == ']') {
      return isAddress() ? State.ADDRESS_END : State.BAD;
    }
    if (!isHex(b) && b != ':' && b != '.') {
      return State.BAD;
    }
    address.append((char) b);
    return State.ADDRESS;
  }

  /** Text in brackets is never asked for at a name service. */
  private boolean isAddress() {
    try {
      return InetAddress.getByName("[" + address + "]").getAddress().length > 0;
    } catch (UnknownHostException none) {
      return false;
    }
  }

  private State port(int b) {
    if (b < '0' || b > '9') {
      return State.BAD;
    }
    port = 10 * port + b - '0';
    return port <= GREATEST_PORT ? State.PORT : State.BAD;
  }

  private static boolean isHex(int b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
  }
}
