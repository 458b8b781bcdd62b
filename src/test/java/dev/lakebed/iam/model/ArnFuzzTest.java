package dev.lakebed.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.support.ArnTexts;
import dev.lakebed.support.Prompt;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/**
 * ARNs of roles and entities: whatever comes is read or refused in the declared way, what is read
 * says the same when written, and two readers of one text agree (issue 3, "Fuzzers").
 */
class ArnFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void any_text_is_read_or_refused(FuzzedDataProvider data) throws Throwable {
    String text = ArnTexts.any(data);
    Prompt.run(() -> check(text));
  }

  @Property
  void any_tail_is_read_or_refused(
      @ForAll @StringLength(max = 120) @CharRange(from = ' ', to = '~') @Chars({'/', ':', '\u00e9'})
          String tail) {
    ArnTexts.endingIn(tail).forEach(ArnFuzzTest::check);
  }

  @Test
  void an_endless_path_is_read_or_refused() {
    ArnTexts.endless().forEach(ArnFuzzTest::check);
  }

  private static void check(String text) {
    Optional<RoleArn> role = RoleArn.parse(text, "999999999999");
    Optional<EntityArn> entity = EntityArn.parse(text);
    role.ifPresent(
        read -> {
          assertThat(RoleArn.parse(read.toString(), "999999999999")).contains(read);
          assertThat(read.session("s")).doesNotContain("\n").endsWith("/" + read.name() + "/s");
        });
    if (role.isPresent() && text.startsWith("arn:aws:iam::000000000000")) {
      assertThat(role.get()).hasToString(text);
      assertThat(entity).isPresent();
      assertThat(entity.get().account()).isEqualTo(role.get().account());
      assertThat(entity.get().path()).isEqualTo(role.get().path());
      assertThat(entity.get().name()).isEqualTo(role.get().name());
    }
    entity.ifPresent(ArnFuzzTest::same);
  }

  /** What was read is found under the same ARN, and in the account that the text names. */
  private static void same(EntityArn read) {
    String written = read.kind().arn(read.account(), read.path(), read.name());
    assertThat(EntityArn.parse(written)).contains(read);
    assertThat(written.split(":", 6)[4]).isEqualTo(read.account());
    assertThat(read.name()).doesNotContain("\n").isNotEmpty();
  }
}
