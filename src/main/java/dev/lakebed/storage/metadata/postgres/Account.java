package dev.lakebed.storage.metadata.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Under which account the server runs, by a prefix of its commands, and who owns its files; empty
 * for us. PostgreSQL refuses to run as root, so a root Lakebed gives its data directory to an
 * ordinary account and switches to it, or enters a user namespace where root is nobody.
 */
record Account(List<String> prefix, Optional<UserPrincipal> owner) {
  private static final List<String> CANDIDATES = List.of("postgres", "nobody");

  Account {
    prefix = List.copyOf(prefix);
  }

  /**
   * Chooses the account: that of the existing data directory, else the first that can reach {@code
   * directory}; narrows the directory's permissions as far as that account allows.
   */
  static Account choose(Path directory, Path data) throws IOException {
    if (!isRoot()) {
      return shut(directory, new Account(List.of(), Optional.empty()));
    }
    Optional<UserPrincipal> owner = ownerOf(data);
    if (owner.isPresent() && !owner.get().getName().equals("root")) {
      return open(directory, switched(owner.get()));
    }
    if (owner.isEmpty()) {
      for (String name : CANDIDATES) {
        Optional<Account> account = candidate(directory, name);
        if (account.isPresent() && open(directory, account.get()).canReach(directory)) {
          return account.get();
        }
      }
    }
    Account namespace = new Account(List.of("unshare", "--user"), Optional.empty());
    if (shut(directory, namespace).canReach(directory)) {
      return namespace;
    }
    throw new IOException(
        "PostgreSQL does not run as root, and neither an account that can reach "
            + directory
            + " nor a user namespace is available; start Lakebed as an ordinary user");
  }

  private static Account shut(Path directory, Account ours) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    return ours;
  }

  /**
   * Lets another account pass through the directory and the one around it, which are ours, without
   * listing them. What is in them has permissions of its own.
   */
  private static Account open(Path directory, Account other) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    Path around = directory.getParent();
    if (around != null) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(around);
      // It keeps our group, whose permissions then count instead of those of others.
      if (permissions.addAll(
          Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE))) {
        Files.setPosixFilePermissions(around, permissions);
      }
    }
    return other;
  }

  void own(Path path) throws IOException {
    if (owner.isPresent()) {
      Files.setOwner(path, owner.get());
    }
  }

  private boolean canReach(Path directory) {
    return Command.succeeds(prefix, List.of("test", "-x", directory.toString()));
  }

  private static Account switched(UserPrincipal owner) {
    return new Account(
        List.of("setpriv", "--reuid=" + owner.getName(), "--clear-groups", "--no-new-privs", "--"),
        Optional.of(owner));
  }

  private static Optional<Account> candidate(Path directory, String name) throws IOException {
    try {
      var accounts = directory.getFileSystem().getUserPrincipalLookupService();
      return Optional.of(switched(accounts.lookupPrincipalByName(name)));
    } catch (UserPrincipalNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Optional<UserPrincipal> ownerOf(Path data) throws IOException {
    return Files.exists(data, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Files.getOwner(data, LinkOption.NOFOLLOW_LINKS))
        : Optional.empty();
  }

  private static boolean isRoot() throws IOException {
    return Files.exists(Path.of("/proc/self"))
        && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
