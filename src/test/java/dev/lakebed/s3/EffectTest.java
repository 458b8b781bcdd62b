package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.Protocol;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operations of S3 and S3 Control say of themselves; the audit trail goes by it. */
class EffectTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @ParameterizedTest
  @CsvSource({
    "CreateBucket, ADMINISTERS",
    "DeleteBucket, ADMINISTERS",
    "PutBucketPolicy, ADMINISTERS",
    "DeleteBucketPolicy, ADMINISTERS",
    "PutPublicAccessBlock, ADMINISTERS",
    "PutBucketTagging, ADMINISTERS",
    "DeleteBucketTagging, ADMINISTERS",
    "PutBucketAbac, ADMINISTERS",
    "PutObjectLockConfiguration, ADMINISTERS",
    "UpdateBucketMetadataJournalTableConfiguration, ADMINISTERS",
    "TagResource, ADMINISTERS",
    "UntagResource, ADMINISTERS",
    "ListTagsForResource, READS",
    "GetBucketPolicy, READS",
    "PutObject, CHANGES_CONTENT",
    "PostObject, CHANGES_CONTENT",
    "DeleteObjects, CHANGES_CONTENT",
    "CompleteMultipartUpload, CHANGES_CONTENT",
    "GetObject, READS",
    "Unknown, READS"
  })
  void an_operation_declares_what_it_does(String operation, Effect effect) {
    assertThat(server.protocol(Protocol.Kind.S3).effect(operation)).isEqualTo(effect);
  }

  /** A net under the declarations: AWS's names of reads begin so, and all others change. */
  @Test
  void exactly_the_reads_of_the_api_declare_that_they_change_nothing() {
    Set<String> wrong = new TreeSet<>();
    for (Operation<?> operation : server.protocol(Protocol.Kind.S3).operations()) {
      boolean read = operation.name().matches("(?:Get|Head|List).*|PreflightCORS|CreateSession");
      if (read != (operation.effect() == Effect.READS)) {
        wrong.add(operation.name());
      }
    }
    assertThat(wrong).isEmpty();
  }
}
