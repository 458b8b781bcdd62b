package dev.lakebed.app.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Payara Micro's own libraries. The build lays them out beside its jar, on the class path of this
 * process: nothing is unpacked at a start, and the virtual machine keeps their classes in its
 * archive. {@code index} is the jar that names them; without it Payara's jar unpacks itself.
 */
record PayaraClasses(Optional<Path> index) {
  /** Starts from the jar, with a loader of its own. */
  private static final String FROM_JAR = "fish.payara.micro.PayaraMicro";

  private static final String FROM_CLASS_PATH = "fish.payara.micro.impl.PayaraMicroImpl";

  /** What Payara's jar sets before it starts. */
  private static final String PROPERTIES = "/MICRO-INF/payara-boot.properties";

  /** The manifest where Payara looks for its libraries, as the jar that it starts from. */
  private static final String INDEX = "fish.payara.micro.BootJar";

  static PayaraClasses in(Path home) {
    return new PayaraClasses(Optional.of(home.resolve("payara.jar")).filter(Files::isRegularFile));
  }

  void start(String... arguments) throws ReflectiveOperationException {
    index.ifPresent(PayaraClasses::announce);
    Class.forName(index.isPresent() ? FROM_CLASS_PATH : FROM_JAR)
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  private static void announce(Path index) {
    System.setProperty(INDEX, index.toUri().toString());
    Properties properties = new Properties();
    try (InputStream file = PayaraClasses.class.getResourceAsStream(PROPERTIES)) {
      if (file != null) {
        properties.load(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    properties.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
  }
}
