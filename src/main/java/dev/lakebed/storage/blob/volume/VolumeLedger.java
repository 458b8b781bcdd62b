package dev.lakebed.storage.blob.volume;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * The database's record of the volumes that belong to it, and of how often each was opened. What it
 * returns is durable. So a volume that is missing, of another database, or older or newer than the
 * database is known before a byte of it is touched.
 */
public interface VolumeLedger {
  List<Entry> volumes();

  /**
   * Notes that a volume is about to be opened; a database without volumes takes it for its own.
   * False when it has meanwhile been given another volume or another opening.
   */
  boolean announce(Opening opening);

  /** Notes that the identity file says so too; false when another was announced meanwhile. */
  boolean opened(Opening opening);

  /**
   * A volume of the database: how often it was opened, 0 when it was perhaps never made, and the
   * opening announced last, the same when that came to its end.
   */
  record Entry(UUID volume, int epoch, int announced) {}

  /**
   * One opening: the epoch in the identity file, 0 when that is being made, the one that it is
   * going to say, and a random opener, so that two who open at once tell each other apart.
   */
  record Opening(UUID volume, int found, int next, UUID opener) {}

  /** The volume and the database do not belong together; nothing was changed. */
  public static final class VolumeMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    public VolumeMismatchException(String message) {
      super(message);
    }
  }
}
