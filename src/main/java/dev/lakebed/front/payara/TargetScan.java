package dev.lakebed.front.payara;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Reads the target of a request byte by byte (RFC 9112, section 3.2): a path, an absolute URI whose
 * host is one, or an asterisk. The path and query may hold what no URI does, because keys may, so
 * only blanks and controls are out.
 */
final class TargetScan {
  private enum State {
    START,
    SCHEME,
    AUTHORITY,
    PATH,
    ASTERISK,
    BAD
  }

  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private final HostScan host = new HostScan();
  private State state = State.START;
  private String scheme = HTTP;
  private int length;

  /** Whether the byte may come next. */
  boolean next(int b) {
    state = b > ' ' && b != 0x7f ? after(b) : State.BAD;
    return state != State.BAD;
  }

  /** Whether what came is a target. */
  boolean isComplete() {
    return state == State.PATH
        || state == State.ASTERISK
        || (state == State.AUTHORITY && host.isComplete());
  }

  private State after(int b) {
    return switch (state) {
      case START ->
          switch (b) {
            case '/' -> State.PATH;
            case '*' -> State.ASTERISK;
            default -> scheme(b);
          };
      case SCHEME -> scheme(b);
      case AUTHORITY -> authority(b);
      case PATH -> State.PATH;
      case ASTERISK, BAD -> State.BAD;
    };
  }

  private State scheme(int b) {
    int lower = HeadScan.lowerCase(b);
    if (length == "http".length() && lower == 's') {
      scheme = HTTPS;
    }
    if (lower != scheme.charAt(length++)) {
      return State.BAD;
    }
    return length == scheme.length() ? State.AUTHORITY : State.SCHEME;
  }

  private State authority(int b) {
    if (b == '/' || b == '?') {
      return host.isComplete() ? State.PATH : State.BAD;
    }
    return host.next(b) ? State.AUTHORITY : State.BAD;
  }

  /**
   * Reads the host and the port that a request is for byte by byte, as RFC 9110, section 7.2, and
   * RFC 3986, section 3.2, write them, without a user and never empty.
   */
  static final class HostScan {
    private enum Part {
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
    private Part state = Part.START;
    private int length;
    private int port;

    /** Whether the byte may come next. */
    boolean next(int b) {
      state = ++length > LONGEST ? Part.BAD : after(b);
      return state != Part.BAD;
    }

    /** Whether what came is a host. */
    boolean isComplete() {
      return state == Part.NAME || state == Part.ADDRESS_END || state == Part.PORT;
    }

    private Part after(int b) {
      return switch (state) {
        case START -> b == '[' ? Part.ADDRESS : name(b);
        case NAME -> b == ':' ? Part.PORT : name(b);
        case ESCAPE -> isHex(b) ? Part.ESCAPE_END : Part.BAD;
        case ESCAPE_END -> isHex(b) ? Part.NAME : Part.BAD;
        case ADDRESS -> address(b);
        case ADDRESS_END -> b == ':' ? Part.PORT : Part.BAD;
        case PORT -> port(b);
        case BAD -> Part.BAD;
      };
    }

    private static Part name(int b) {
      if (b == '%') {
        return Part.ESCAPE;
      }
      return HeadScan.isAlphanumericOr(b, "-._~!$&'()*+,;=") ? Part.NAME : Part.BAD;
    }

    private Part address(int b) {
      if (b == ']') {
        return isAddress() ? Part.ADDRESS_END : Part.BAD;
      }
      if (!isHex(b) && b != ':' && b != '.') {
        return Part.BAD;
      }
      address.append((char) b);
      return Part.ADDRESS;
    }

    /** Text in brackets is never asked for at a name service. */
    private boolean isAddress() {
      try {
        return InetAddress.getByName("[" + address + "]").getAddress().length > 0;
      } catch (UnknownHostException none) {
        return false;
      }
    }

    private Part port(int b) {
      if (b < '0' || b > '9') {
        return Part.BAD;
      }
      port = 10 * port + b - '0';
      return port <= GREATEST_PORT ? Part.PORT : Part.BAD;
    }

    private static boolean isHex(int b) {
      return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }
  }
}
