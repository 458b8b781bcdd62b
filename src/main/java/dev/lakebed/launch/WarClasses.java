package dev.lakebed.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The classes inside the WAR, for commands that need no server. Unpacks what they need into a
 * directory that goes away with this: our classes, the cache library, and JSON from Payara Micro.
 */
final class WarClasses implements AutoCloseable {
  private static final String CLASSES = "WEB-INF/classes/";

  private final Path directory;
  private final URLClassLoader loader;

  private WarClasses(Path directory, URLClassLoader loader) {
    this.directory = directory;
    this.loader = loader;
  }

  static WarClasses open(Path home) throws IOException {
    Path directory = Files.createTempDirectory("lakebed-classes-");
    unpack(home.resolve("ROOT.war"), directory, WarClasses::isNeeded);
    unpack(
        home.resolve("payara-micro.jar"),
        directory,
        name -> name.equals("MICRO-INF/runtime/jakarta.json.jar"));
    List<URL> urls = new ArrayList<>();
    urls.add(directory.resolve(CLASSES).toUri().toURL());
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path jar : tree.filter(file -> file.toString().endsWith(".jar")).toList()) {
        urls.add(jar.toUri().toURL());
      }
    }
    return new WarClasses(
        directory, new URLClassLoader(urls.toArray(URL[]::new), WarClasses.class.getClassLoader()));
  }

  private static boolean isNeeded(String name) {
    return name.startsWith(CLASSES + "dev/lakebed/")
        || name.matches("WEB-INF/lib/(?:caffeine|jspecify)-[^/]*\\.jar");
  }

  private static void unpack(Path archive, Path directory, Predicate<String> needed)
      throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().filter(each -> needed.test(each.getName())).toList()) {
        Path file = directory.resolve(entry.getName()).normalize();
        if (entry.isDirectory() || !file.startsWith(directory)) {
          continue;
        }
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
  }

  ClassLoader loader() {
    return loader;
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
