package dev.lakebed.iam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a file looked like, to see whether it changed since. Kubernetes swaps a link and editors
 * swap the file, so the file behind all links is looked at.
 */
record FileState(String text) {
  static FileState of(Path file) {
    try {
      Path real = file.toRealPath();
      return new FileState(real + " " + Files.getLastModifiedTime(real) + " " + Files.size(real));
    } catch (IOException unreadable) {
      return new FileState(unreadable.toString());
    }
  }
}
