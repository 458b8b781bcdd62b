package dev.lakebed.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Checks the parts of a stored blob that its frame describes. */
final class BodyCheck {
  private final ScanWindow window;
  private final RecordFrame frame;

  BodyCheck(ScanWindow window, RecordFrame frame) {
    this.window = window;
    this.frame = frame;
  }

  /** Whether every block and the table itself match their checksums. */
  boolean data(long tableAt, long dataAt) throws IOException {
    ByteBuffer table = window.copy(tableAt, Math.toIntExact(frame.tableBytes()));
    if (table.limit() < table.capacity() || BlockChecksums.sum(table) != frame.tableSum()) {
      return false;
    }
    for (long at = 0; at < frame.dataLength(); at += frame.blockBytes()) {
      int length = (int) Math.min(frame.blockBytes(), frame.dataLength() - at);
      if (!window.load(dataAt + at, length)
          || BlockChecksums.sum(window.slice(dataAt + at, length)) != table.getInt()) {
        return false;
      }
    }
    return true;
  }

  /** What lies where the descriptor should be. */
  ByteBuffer descriptor(long at) throws IOException {
    return window.copy(at, frame.descriptorLength());
  }

  boolean isDescriptor(ByteBuffer bytes) {
    return bytes.limit() == frame.descriptorLength()
        && BlockChecksums.sum(bytes) == frame.descriptorSum();
  }
}
