package dev.lakebed.iam.session;

import java.io.IOException;

/** What a session stands for. */
public enum SessionSource {
  /** A role was assumed. */
  ROLE('R'),
  /** The user or root user itself: AssumeRole without role, or GetSessionToken. */
  USER('U'),
  /** GetFederationToken: the user's rights under another name. */
  FEDERATED('F');

  private final char code;

  SessionSource(char code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static SessionSource ofCode(int code) throws IOException {
    for (SessionSource source : values()) {
      if (source.code == code) {
        return source;
      }
    }
    throw new IOException("no such source of sessions: " + code);
  }
}
