package dev.lakebed.policy;

/** How directly a resource or trust policy names the subject; later ones grant more. */
enum Reach {
  /** Not at all. */
  NONE,
  /** Its account: the policies of the subject decide. */
  ACCOUNT,
  /** The role or user behind a session: what limits the session still applies. */
  ISSUER,
  /** The subject itself, or everyone: the grant stands on its own. */
  DIRECT
}
