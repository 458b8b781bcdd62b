package dev.lakebed.bench;

import java.io.IOException;

/** One kind of operation that workers repeat against one endpoint. */
interface Workload {
  /** Answered by a task whose key set is used up. */
  long EXHAUSTED = -1;

  /** Names the run. */
  String operation();

  /** Object size in bytes that names the run, 0 where there is none. */
  int size();

  /** Brings the server to the state the operation needs; not measured. */
  void prepare(Endpoint endpoint, int workers) throws IOException;

  /** The work of one worker, numbered from 0. */
  Task task(int worker, int workers);

  /** Removes what {@link #prepare} made and nobody else uses. */
  void cleanUp(Endpoint endpoint) throws IOException;

  /** Performs one operation and answers the payload bytes it moved, or {@link #EXHAUSTED}. */
  @FunctionalInterface
  interface Task {
    long run(Client client) throws IOException;
  }
}
