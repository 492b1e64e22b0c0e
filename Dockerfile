# The same two steps as `make run` without uv: hashed requirements, then the project by the locked hatchling.
FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/tertulia
COPY requirements.txt ./
RUN /opt/tertulia/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY pyproject.toml LICENSE ./
COPY bot bot
COPY content content
COPY seeds seeds
RUN /opt/tertulia/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
# Letters for pictures and PDF that the program doesn't bring itself: Chinese, Japanese, Korean, and emoji.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends fonts-noto-cjk fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin tertulia \
    && install --directory --owner tertulia --group tertulia /data
COPY --from=build /opt/tertulia /opt/tertulia
# Inside a container the console must listen on every address; publish its port on the host's loopback only.
ENV PATH=/opt/tertulia/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/tertulia.db \
    WEB_HOST=0.0.0.0 \
    WEB_PORT=8080
USER tertulia
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 CMD ["tertulia", "doctor", "--health"]
ENTRYPOINT ["tertulia"]
CMD ["run"]
