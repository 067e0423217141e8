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
    MOTCUA_HOST=0.0.0.0
WORKDIR /app
# The default address, sqlite:./data/motcua.db, leads to the volume; no variable, which would refuse a …_FILE beside it.
RUN install --directory --owner=node --group=node --mode=0700 /data && ln -s /data /app/data
COPY --from=packages /app/node_modules node_modules
COPY . .
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MOTCUA_PORT ?? 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node is the first process: it ends on SIGTERM within shutdown.drain and shutdown.grace (give it 30 seconds), and looks
# after its own worker processes.
CMD ["node", "src/main.ts"]
