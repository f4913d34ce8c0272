# One image for every role: ROLE=api, worker or both. Nothing is written outside /tmp, so the root file system may
# be read-only. Tag and digest stand together: the digest decides, the tag tells people what it is
# (docs/decisions/0015-container-image.md says where both come from and how to renew them).
ARG NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6

FROM ${NODE_IMAGE} AS build
WORKDIR /app
# Dependencies alone first: they change less often than the code, and this layer is kept while they do not.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json .swcrc ./
COPY src ./src
RUN npm run build && npm prune --omit=dev --no-audit --no-fund
# The command line under the name that the documents use: `docker compose exec api gateway …`.
RUN printf '#!/bin/sh\nexec node /app/dist/gateway.main.js "$@"\n' > gateway && chmod 755 gateway

FROM ${NODE_IMAGE} AS runtime
LABEL org.opencontainers.image.title="Courier Gateway" \
      org.opencontainers.image.description="Takes couriers' signed webhooks, keeps them safe before it answers, and applies each once and in order." \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
WORKDIR /app
# Owned by root and not writable by the user that runs: what is in the image stays as it was built.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/gateway /usr/local/bin/gateway
COPY config ./config
# By number, so that an orchestrator can see that it is not root.
USER 1000:1000
EXPOSE 3000
# Asks the process alone: a store that is away must not get a healthy process replaced.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# In exec form node itself gets SIGTERM and can finish what it has begun.
CMD ["node", "dist/main.js"]
