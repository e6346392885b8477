# Liaison Monitor in one container. `make image` builds it and proves what is said here.
# No registry at hand? Any image with Python >= 3.11, venv and CA certificates will do:
#   docker build --build-arg PYTHON_IMAGE=... .
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python3 -m venv /app/venv
WORKDIR /src
# The lock first: the layer of dependencies is kept while only our own code changes.
COPY requirements.lock ./
RUN /app/venv/bin/python -m pip install --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY monitor ./monitor
# Compiled here once: the root of the running container is read-only. The build's tools stay behind.
RUN /app/venv/bin/python -m pip install --no-deps --no-build-isolation --no-index . \
    && /app/venv/bin/python -m pip uninstall --yes flit_core pip \
    && /app/venv/bin/python -m compileall -q -j 0 /app/venv/lib \
    && install -d -o 10001 -g 10001 -m 0750 /data

FROM ${PYTHON_IMAGE}
ENV PATH=/app/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MONITOR_CONFIG=/app/config/monitor.yaml \
    MONITOR_DATA=/data
COPY --from=build /app/venv /app/venv
COPY --from=build --chown=10001:10001 /data /data
COPY config /app/config
WORKDIR /app
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8750
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["monitor", "health"]
ENTRYPOINT ["monitor"]
CMD ["run"]
