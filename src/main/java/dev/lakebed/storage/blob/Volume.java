package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.FileLayer;
import dev.lakebed.storage.blob.volume.FreeSpace;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeDirectory.FileNumbers;
import dev.lakebed.storage.blob.volume.VolumeIdentity;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An open volume: where it lies, what bounds it, and who numbers and syncs its files. */
record Volume(
    FileLayer files,
    VolumeDirectory directory,
    VolumeIdentity identity,
    VolumeSettings settings,
    FreeSpace freeSpace,
    FileNumbers numbers,
    ExecutorService background) {

  static Volume of(
      FileLayer files,
      VolumeDirectory directory,
      VolumeIdentity identity,
      VolumeSettings settings) {
    return new Volume(
        files,
        directory,
        identity,
        settings,
        new FreeSpace(files, directory, settings.reserveBytes()),
        new FileNumbers(identity.epoch()),
        background(directory.volume()));
  }

  /** When all helpers are busy and enough waits, the thread that asks does the work. */
  private static ExecutorService background(int volume) {
    return new ThreadPoolExecutor(
        2,
        2,
        30,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(256),
        Thread.ofPlatform().daemon().name("blob-background-" + volume + "-", 0).factory(),
        new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /** What messages call it. */
  int number() {
    return directory.volume();
  }
}
