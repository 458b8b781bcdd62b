package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.support.ArnTexts;
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
  @FuzzTest(maxDuration = "10m")
  void any_text_is_read_or_refused(FuzzedDataProvider data) throws Throwable {
    String text = ArnTexts.any(data);
    Prompt.run(() -> check(text));
  }

  @Property
  void any_tail_is_read_or_refused(
      @ForAll @StringLength(max = 120) @CharRange(from = ' ', to = '~') @Chars({'/', ':', '\u00e9'})
          String tail) {
    ArnTexts.endingIn(tail).forEach(TableArnFuzzTest::check);
  }

  @Test
  void an_endless_name_is_read_or_refused() {
    ArnTexts.endless().forEach(TableArnFuzzTest::check);
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
