package dev.lakebed.storage.blob;

/** What the committer's thread is asked to do. */
sealed interface CommitTask permits PendingRecord, CommitTask.GiveBack {
  /** A record that metadata refused takes no more space, if that can still be had. */
  record GiveBack(BlobRef ref) implements CommitTask {}
}
