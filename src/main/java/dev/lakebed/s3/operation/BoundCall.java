package dev.lakebed.s3.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.pipeline.Call;
import dev.lakebed.s3.request.S3Request;
import dev.lakebed.wire.Response;
import java.io.IOException;
import java.util.List;

record BoundCall<P>(S3Operation<P> target, S3Request request, P parameters) implements Call {
  @Override
  public String operation() {
    return target.name();
  }

  @Override
  public List<Permission> permissions() {
    return target.permissions(request, parameters);
  }

  @Override
  public List<Permission> anyOf() {
    return target.anyOf(request, parameters);
  }

  @Override
  public Authorization authorization() {
    return target.authorization();
  }

  @Override
  public Response execute(Caller caller) throws IOException {
    return target.execute(request, parameters, caller);
  }
}
