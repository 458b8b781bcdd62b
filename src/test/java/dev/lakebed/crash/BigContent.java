package dev.lakebed.crash;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.SplittableRandom;

/** A long body made while it is read; every block differs from every other. */
final class BigContent extends InputStream {
  private static final int BLOCK = 1 << 20;

  private final byte[] block = new byte[BLOCK];
  private final long length;
  private long position;

  BigContent(long length) {
    this.length = length;
    new SplittableRandom(length).nextBytes(block);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, target.length);
    if (position == length) {
      return -1;
    }
    int inBlock = (int) (position % BLOCK);
    if (inBlock == 0) {
      ByteBuffer.wrap(block).putLong(position);
    }
    int piece = (int) Math.min(Math.min(count, BLOCK - inBlock), length - position);
    System.arraycopy(block, inBlock, target, offset, piece);
    position += piece;
    return piece;
  }
}
