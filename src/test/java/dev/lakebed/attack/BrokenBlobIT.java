package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every byte served was checked: a disk that changes a byte never shows in an answer that looks
 * whole.
 */
@Evidence("promise-5")
class BrokenBlobIT {
  @RegisterExtension private final Attack attack = new Attack();

  @Test
  void a_flipped_byte_in_a_small_object_is_an_internal_error() throws IOException {
    String body = "small-broken-".repeat(40);
    attack.store("/attacked/broken-small", body);
    flip(body, 200);
    Answer reply = attack.get("/attacked/broken-small");
    attack.refused(reply, 500, "InternalError");
    assertThat(reply.text()).doesNotContain("small-broken-small-broken-");
  }

  @Test
  void a_flipped_byte_late_in_a_large_object_ends_the_connection() throws IOException {
    String body = "a".repeat(6 << 20) + "late-broken-marker" + "b".repeat(2 << 20);
    attack.store("/attacked/broken-large", body);
    flip("late-broken-marker", 3);
    try (Link link = attack.connect()) {
      Answer reply = link.exchange(attack.signed(attack.message("GET", "/attacked/broken-large")));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.complete()).isFalse();
      assertThat(reply.body().length).isLessThanOrEqualTo(6 << 20);
      assertThat(link.isClosed()).isTrue();
    }
    Answer range =
        attack.send(
            attack.signed(
                attack.message("GET", "/attacked/broken-large").header("Range", "bytes=0-9")));
    assertThat(range.text()).as("the sound part is served").isEqualTo("aaaaaaaaaa");
  }

  private void flip(String content, int at) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(attack.target().data().resolve("volumes"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    int flipped = 0;
    for (Path file : files) {
      int found = new String(Files.readAllBytes(file), ISO_8859_1).indexOf(content);
      if (found >= 0) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
          open.seek(found + at);
          int old = open.read();
          open.seek(found + at);
          open.write(old ^ 1);
        }
        flipped++;
      }
    }
    assertThat(flipped).isEqualTo(1);
  }
}
