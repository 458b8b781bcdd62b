package dev.lakebed.storage.checksum;

/** A checksum of four or eight bytes over the JDK's interface. */
final class LongChecksum implements Checksum {
  private final java.util.zip.Checksum state;
  private final int size;

  LongChecksum(java.util.zip.Checksum state, int size) {
    this.state = state;
    this.size = size;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    state.update(bytes, offset, length);
  }

  @Override
  public byte[] digest() {
    return BigEndian.toBytes(state.getValue(), size);
  }
}
