package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.support.Prompt;
import dev.lakebed.tables.rest.TableBucketArn;
import dev.lakebed.tables.rest.TableBucketArn.TableArn;
import dev.lakebed.tables.rest.TablesError.TablesException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/**
 * ARNs of table buckets and tables: whatever comes is read or refused in the declared way, and what
 * is read says the same when written (issue 3, "Fuzzers").
 */
class TableArnFuzzTest {
  private static final String BUCKET = "arn:aws:s3tables:us-east-1:000000000000:bucket/";

  private static final String[] PIECES = {
    "arn:aws:",
    "iam",
    "s3tables",
    ":",
    "::",
    "000000000000",
    "aws",
    "us-east-1",
    "role",
    "bucket",
    "/",
    "//",
    "..",
    "table",
    "a",
    "\n",
    "00000000-0000-0000-0000-000000000000",
    "%2F",
    "*",
    "\u00e9",
    " ",
    BUCKET + "abc"
  };

  @FuzzTest(maxDuration = "10m")
  void any_text_is_read_or_refused(FuzzedDataProvider data) throws Throwable {
    StringBuilder text = new StringBuilder();
    int count = data.consumeInt(0, 12);
    for (int i = 0; i < count; i++) {
      text.append(data.pickValue(PIECES));
    }
    String whole = text + data.consumeRemainingAsString();
    Prompt.run(() -> check(whole));
  }

  @Property
  void any_tail_is_read_or_refused(
      @ForAll @StringLength(max = 120) @CharRange(from = ' ', to = '~') @Chars({'/', ':', '\u00e9'})
          String tail) {
    check("arn:aws:iam::000000000000:role" + tail);
    check("arn:aws:iam::000000000000" + tail);
    check(BUCKET + tail);
    check(BUCKET + "abc/table/" + tail);
  }

  @Test
  void an_endless_name_is_read_or_refused() {
    check(BUCKET + "a".repeat(200_000));
    check(BUCKET + "abc" + "/table/".repeat(50_000));
  }

  private static void check(String text) {
    try {
      TableBucketArn bucket = TableBucketArn.parse(text);
      assertThat(TableBucketArn.parse(bucket.in("us-east-1"))).isEqualTo(bucket);
      assertThat(TableArn.parseIfTable(text)).isEmpty();
    } catch (TablesException refused) {
      assertThat(refused).hasMessageNotContaining("\n");
    }
    try {
      TableArn table = TableArn.parse(text);
      assertThat(TableArn.parse(table.in("us-east-1"))).isEqualTo(table);
    } catch (TablesException refused) {
      assertThat(refused).hasMessageNotContaining("\n");
    }
  }
}
