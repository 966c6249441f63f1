# Build: restore from the lock files in a layer of its own, then publish.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/AlertBot/AlertBot.csproj src/AlertBot/packages.lock.json src/AlertBot/
RUN dotnet restore src/AlertBot --locked-mode
COPY appsettings/ appsettings/
COPY src/ src/
RUN dotnet publish src/AlertBot --no-restore -c Release -o /app \
    && mkdir /data
# The pictures of /trend need a font, and the image below has none.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-dejavu-core

# Run: no shell, no package manager, not root. "extra" has ICU and time zones, which names and dates need.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /usr/share/fonts/truetype/dejavu /usr/share/fonts/truetype/dejavu
COPY --from=build /app ./
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
USER $APP_UID
ENV Storage__Path=/data/alertbot.db \
    Storage__Keys=/data/keys \
    Local__Address=http://0.0.0.0:8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["dotnet", "alertbot.dll", "health"]
ENTRYPOINT ["dotnet", "alertbot.dll"]
CMD ["run"]
