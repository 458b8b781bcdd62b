package dev.lakebed.storage.blob.volume;

import java.io.IOException;
import java.util.List;

/**
 * The database's record of the volumes that belong to it, and of the last opening of each. What it
 * returns is durable. So a volume that is missing, of another database, older or newer than the
 * database, or opened since with another copy of it, is known before a byte of it is touched.
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
   * A volume of the database.
   *
   * @param opened what its identity file said when it was opened last; epoch 0 when it was perhaps
   *     never made
   * @param announced what the opening begun last was to write, the same when it came to its end
   */
  record Entry(VolumeIdentity opened, VolumeIdentity announced) {}

  /** One opening: what the identity file says, epoch 0 when there is none, and is going to say. */
  record Opening(VolumeIdentity found, VolumeIdentity next) {}

  /** The volume and the database do not belong together; nothing was changed. */
  public static final class VolumeMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    public VolumeMismatchException(String message) {
      super(message);
    }
  }
}
