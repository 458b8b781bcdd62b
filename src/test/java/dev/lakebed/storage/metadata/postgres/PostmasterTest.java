package dev.lakebed.storage.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which words of PostgreSQL an operator reads. */
class PostmasterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOG:  database system is ready to accept connections|DEBUG",
        "FATAL:  terminating connection due to administrator command|DEBUG",
        "ERROR:  update or delete on table \"bucket\" violates foreign key constraint \"x\"|DEBUG",
        "ERROR:  duplicate key value violates unique constraint \"table_name\"|DEBUG",
        "ERROR:  could not read block 1: read only 0 of 8192 bytes|WARNING",
        "FATAL:  password authentication failed for user \"x\"|WARNING",
        "PANIC:  could not write to file|WARNING"
      })
  void faults_are_warnings_and_neither_a_stop_nor_a_broken_constraint_is_one(
      String line, Level level) {
    assertThat(Postmaster.level(line)).isEqualTo(level);
  }
}
