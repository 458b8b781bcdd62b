package dev.lakebed.storage.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is wrong with a file, in words for an operator. */
public final class FileFault {
  private FileFault() {}

  /** Why that happened, with the file if the failure tells which. */
  public static String words(IOException failure) {
    String reason =
        switch (failure) {
          case NoSuchFileException missing -> "no such file or directory";
          case AccessDeniedException forbidden -> "the server's user may not";
          case FileAlreadyExistsException other -> "is there, and is no directory";
          case FileSystemException told -> told.getReason();
          default -> null;
        };
    return reason != null && failure instanceof FileSystemException told
        ? told.getFile() + ": " + reason
        : String.valueOf(failure.getMessage());
  }
}
