package dev.lakebed.metadata.postgres;

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
        "FATAL:  password authentication failed for user \"x\"|WARNING",
        "PANIC:  could not write to file|WARNING"
      })
  void faults_are_warnings_and_a_stop_is_none(String line, Level level) {
    assertThat(Postmaster.level(line)).isEqualTo(level);
  }
}
