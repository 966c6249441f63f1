using AlertBot.Commands;

return await CommandLine.RunAsync(args);
