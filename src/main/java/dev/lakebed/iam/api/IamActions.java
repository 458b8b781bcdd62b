package dev.lakebed.iam.api;

/**
 * The actions of the IAM API, so that one that is not built yet is told from one that does not
 * exist.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html">AWS, IAM
 *     actions</a>
 */
final class IamActions {
  private IamActions() {}

  /** Whether the action changes nothing; AWS names them so without exception. */
  static boolean isRead(String action) {
    return action.startsWith("Get")
        || action.startsWith("List")
        || action.startsWith("Simulate")
        || action.startsWith("Generate");
  }
}
