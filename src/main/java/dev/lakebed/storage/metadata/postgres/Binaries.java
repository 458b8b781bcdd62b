package dev.lakebed.storage.metadata.postgres;

import dev.lakebed.storage.files.DurableDirectory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the class path. */
record Binaries(Path home) {
  private static final Duration SYNC_LIMIT = Duration.ofMinutes(2);

  /** Unpacks the programs under {@code where} unless this very version is there. */
  static Binaries unpack(DurableDirectory where) throws IOException {
    Path directory = where.path();
    URLConnection source = archive().openConnection();
    Path home = directory.resolve("bin-" + version(source));
    if (!Files.isDirectory(home)) {
      Path fresh = directory.resolve(home.getFileName() + ".new");
      FileTree.delete(fresh);
      extract(source, fresh);
      Command.run(
          Command.prepare(directory, List.of(), List.of("sync", "-f", fresh.toString())),
          SYNC_LIMIT);
      where.rename(fresh.getFileName().toString(), home.getFileName().toString());
      deleteOthers(directory, home);
    }
    return new Binaries(home);
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /** Major version, as in a data directory's PG_VERSION. */
  String majorVersion() throws IOException {
    String text =
        Command.run(
            Command.prepare(home, List.of(), List.of(program("postgres"), "--version")),
            Duration.ofSeconds(10));
    return text.replaceFirst("^\\D*(\\d+).*(?s:.*)$", "$1");
  }

  private static URL archive() throws IOException {
    String machine =
        switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> "unknown";
        };
    URL found = Binaries.class.getResource("/postgres-linux-" + machine + ".txz");
    if (found == null || !System.getProperty("os.name").equals("Linux")) {
      throw new IOException(
          "no PostgreSQL for %s on %s comes with Lakebed; set LAKEBED_DB_URL to use one of your own"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
    return found;
  }

  /** A name for exactly these bytes, known without reading them. */
  private static String version(URLConnection source) throws IOException {
    source.setUseCaches(false);
    long identity =
        source instanceof JarURLConnection jar
            ? jar.getJarEntry().getCrc()
            : source.getContentLengthLong();
    return Long.toHexString(identity);
  }

  private static void extract(URLConnection source, Path target) throws IOException {
    try (InputStream raw = source.getInputStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(raw), 1 << 16))) {
      Files.createDirectories(target);
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        Path path = target.resolve(e.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("archive entry outside its root: " + e.getName());
        }
        if (e.isDirectory()) {
          Files.createDirectories(path);
        } else if (!e.getName().endsWith(".a")) {
          Files.createDirectories(path.getParent());
          write(tar, e, path);
        }
      }
    }
    FileTree.permit(target, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
    }
  }

  private static void deleteOthers(Path directory, Path keep) throws IOException {
    try (var others = Files.newDirectoryStream(directory, "bin-*")) {
      for (Path other : others) {
        if (!other.equals(keep)) {
          FileTree.delete(other);
        }
      }
    }
  }

  static final class FileTree {
    private FileTree() {}

    /** Deletes a tree; nothing happens when there is none. */
    static void delete(Path root) throws IOException {
      if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      try (Stream<Path> paths = Files.walk(root)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    /** Sets permissions of every file and directory, whatever the umask was. */
    static void permit(Path root, Set<PosixFilePermission> permissions) throws IOException {
      try (var paths = Files.walk(root)) {
        for (Path path : (Iterable<Path>) paths::iterator) {
          if (!Files.isSymbolicLink(path)) {
            Files.setPosixFilePermissions(path, permissions);
          }
        }
      }
    }
  }
}
