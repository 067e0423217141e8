FROM node:24.21-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings its own Node: the packaged one goes. The other optional packages are the prebuilt binaries of
# libraries, so they are not left out.
RUN npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:24.21-slim
ENV NODE_ENV=production \
    MOTCUA_PROFILE=production \
    MOTCUA_HOST=0.0.0.0 \
    MOTCUA_STORAGE_URL=sqlite:/data/motcua.db
WORKDIR /app
RUN install --directory --owner=node --group=node --mode=0700 /data
COPY --from=packages /app/node_modules node_modules
COPY . .
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MOTCUA_PORT ?? 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node is the first process: the server itself ends on SIGTERM, and starts no process that would have to be reaped.
CMD ["node", "src/main.ts"]
