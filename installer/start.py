"""Where the installed program begins: the same door as everywhere else."""

from desktop.__main__ import main

if __name__ == "__main__":
    main()
