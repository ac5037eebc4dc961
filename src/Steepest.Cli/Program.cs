using Steepest.Commands;

return SteepestCommand.Run(args);
