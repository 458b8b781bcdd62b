package dev.lakebed.storage.metadata;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * Connections that break on purpose, at the call that a test names; {@code commit} is also the
 * execution of statements that end with COMMIT.
 */
public final class CutConnections {
  /** What happens to a call of a connection. */
  @FunctionalInterface
  public interface Cut {
    Cut NONE = (connection, method, call) -> call.run();

    /** Makes the call, or fails as the driver would. */
    Object apply(Connection connection, String method, Call call) throws Throwable;
  }

  /** The call itself. */
  @FunctionalInterface
  public interface Call {
    Object run() throws Throwable;
  }

  public final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NONE);
  private static final String COMMIT = "COMMIT";
  private final DataSource real;

  public CutConnections(DataSource real) {
    this.real = real;
  }

  public static SQLException lost() {
    return new SQLException("an I/O error occurred while sending to the backend", "08006");
  }

  /** What a test does not use. */
  public static <T> T never(Class<T> type) {
    return proxy(
        type,
        (self, method, arguments) -> {
          throw new UnsupportedOperationException(method.getName());
        });
  }

  public DataSource source() {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Call call = () -> method.invoke(real, arguments);
          return method.getName().equals("getConnection")
              ? connection((Connection) unwrapped(call))
              : unwrapped(call);
        });
  }

  private Connection connection(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          Object result =
              cut(connection, method.getName(), () -> method.invoke(connection, arguments));
          return result instanceof PreparedStatement statement
                  && arguments[0].toString().endsWith(COMMIT)
              ? committing(connection, statement)
              : result;
        });
  }

  /** Statements whose execution ends with a commit. */
  private PreparedStatement committing(Connection connection, PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        (self, method, arguments) -> {
          Call call = () -> method.invoke(statement, arguments);
          return switch (method.getName()) {
            case "execute" -> cut(connection, "commit", call);
            // An execution that a test delays is still to come; the connection closes it.
            case "close" -> null;
            default -> unwrapped(call);
          };
        });
  }

  private Object cut(Connection connection, String method, Call call) throws Throwable {
    return unwrapped(() -> cut.get().apply(connection, method, () -> unwrapped(call)));
  }

  private static Object unwrapped(Call call) throws Throwable {
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            CutConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
