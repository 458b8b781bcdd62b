package dev.lakebed.app.launch;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Stands for {@code lakebed explain} in the list of commands. The command itself is among the
 * server's classes, which are opened only when it is asked for.
 */
@Command(
    name = ExplainCommand.NAME,
    description = "Say whether a principal may do something, and which rule decides.")
final class ExplainCommand {
  static final String NAME = "explain";

  private static final String COMMAND = "dev.lakebed.app.explain.Explain";

  /** The command itself. */
  static Object in(WarClasses war) throws ReflectiveOperationException {
    return war.loader().loadClass(COMMAND).getDeclaredConstructor().newInstance();
  }

  /**
   * The server's classes, for commands that need no server: our own, the cache library, and JSON,
   * which is unpacked from Payara Micro into a directory that goes away with this.
   */
  record WarClasses(Path directory, URLClassLoader loader) implements AutoCloseable {
    static WarClasses open(Path home) throws IOException {
      Path directory = Files.createTempDirectory("lakebed-classes-");
      unpack(home.resolve("payara-micro.jar"), directory.resolve("jakarta.json.jar"));
      List<URL> urls = new ArrayList<>();
      urls.add(home.resolve("ROOT/WEB-INF/classes/").toUri().toURL());
      try (Stream<Path> libraries = Files.list(home.resolve("lib"));
          Stream<Path> unpacked = Files.walk(directory)) {
        for (Path jar : Stream.concat(libraries, unpacked).filter(WarClasses::isNeeded).toList()) {
          urls.add(jar.toUri().toURL());
        }
      }
      ClassLoader ours = WarClasses.class.getClassLoader();
      return new WarClasses(directory, new URLClassLoader(urls.toArray(URL[]::new), ours));
    }

    private static boolean isNeeded(Path file) {
      return file.getFileName()
          .toString()
          .matches("(?:caffeine-|jspecify-|jakarta\\.json).*\\.jar");
    }

    private static void unpack(Path archive, Path jar) throws IOException {
      try (FileSystem zip = FileSystems.newFileSystem(archive)) {
        Files.copy(zip.getPath("MICRO-INF/runtime").resolve(jar.getFileName().toString()), jar);
      }
    }

    @Override
    public void close() throws IOException {
      loader.close();
      try (Stream<Path> tree = Files.walk(directory)) {
        for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
