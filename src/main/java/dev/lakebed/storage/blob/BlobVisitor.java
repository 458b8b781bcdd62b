package dev.lakebed.storage.blob;

import java.io.IOException;

/** Is shown every blob of a volume, whether metadata names it or not. */
@FunctionalInterface
public interface BlobVisitor {
  /** Shows one blob; an exception ends the scan. */
  void visit(StoredBlob blob) throws IOException;
}
